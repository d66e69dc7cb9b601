/// Who a lead is, as far as contacts and documents can tell: phones, e-mail addresses, CPF numbers.
/// Pure; nothing here is ever printed in full.
@NullMarked
package dev.hooklake.server.enrichment.contact;

import org.jspecify.annotations.NullMarked;
