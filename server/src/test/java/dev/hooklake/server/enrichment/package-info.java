/// Tests of enrichment, on real databases and with real HTTP servers on the loopback.
package dev.hooklake.server.enrichment;
