/// C2S (Contact2Sale): a CRM that posts a lead, whole or in part, whenever something happens to it.
@NullMarked
package dev.hooklake.sources.c2s;

import org.jspecify.annotations.NullMarked;
