package dev.hooklake.lake;

import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.hook.PostCommitHook.PostCommitHookType;
import java.io.IOException;
import java.util.List;

/// What Kernel wants done after a commit: checkpoints and checksums.
///
/// A checksum that does not follow from the one before it replays the log (`CHECKSUM_FULL`), so it
/// is only made together with a checkpoint.
record CommitHooks(List<PostCommitHook> hooks) {
  static CommitHooks of(TransactionCommitResult result) {
    return new CommitHooks(result.getPostCommitHooks());
  }

  boolean checkpoint() {
    return hooks.stream().anyMatch(hook -> hook.getType() == PostCommitHookType.CHECKPOINT);
  }

  void run(LakeAccess lake, String table) {
    for (PostCommitHook hook : hooks) {
      if (checkpoint() || hook.getType() != PostCommitHookType.CHECKSUM_FULL) {
        String what = hook.getType() + " of " + table;
        lake.afterCommit().run(what, () -> invoke(hook, lake));
      }
    }
  }

  private static void invoke(PostCommitHook hook, LakeAccess lake) throws IOException {
    try {
      hook.threadSafeInvoke(lake.engine());
    } catch (CheckpointAlreadyExistsException e) {
      // Maintenance or another writer was faster; it is as good as ours.
    }
  }
}
