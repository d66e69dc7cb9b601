package dev.hooklake.journal;

/// Does all work at once in the thread that calls for it, so that one seed gives one history.
final class CallerCrew implements Crew {

  private final Work work;
  private boolean keeperDue = true;

  CallerCrew(Work work) {
    this.work = work;
  }

  @Override
  public void callWriter() {
    work.write();
    if (keeperDue) {
      keeperDue = false;
      work.keep(() -> false);
    }
  }

  @Override
  public void callKeeper() {
    keeperDue = true;
  }

  @Override
  public void dismiss() {
    keeperDue = false;
  }
}
