package dev.hooklake.lake;

import java.time.InstantSource;

/// What everything in this package that touches the lake needs.
///
/// @param rootPath as Kernel writes paths
/// @param settles whether a write that failed is over: a remote store may still carry it out later
record LakeAccess(
    LakeEngine engine,
    WriterName writer,
    InstantSource clock,
    AfterCommit afterCommit,
    String rootPath,
    boolean settles) {

  String path(String table) {
    return rootPath + "/" + table;
  }

  KernelTransactions transactions() {
    return new KernelTransactions(clock);
  }
}
