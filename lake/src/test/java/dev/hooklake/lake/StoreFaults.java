package dev.hooklake.lake;

import java.io.IOException;

/// Decides what becomes of each request to a [SimulatedStore].
public interface StoreFaults {

  /// What becomes of a file that is put.
  enum Fate {
    /// It is there, and the answer arrives.
    STORED,
    /// It is not there and never will be.
    REFUSED,
    /// It is there, and the answer is lost.
    ANSWER_LOST,
    /// The answer is lost, and the file arrives later, when the sender no longer reckons with it.
    LATE
  }

  /// Asked once for each file put.
  Fate put(String path);

  /// Asked before each listing, look or read; throwing is the failure.
  void read(String path) throws IOException;

  /// Asked before each deletion; throwing is the failure.
  void delete(String path) throws IOException;

  /// A store where all goes well.
  StoreFaults NONE =
      new StoreFaults() {
        @Override
        public Fate put(String path) {
          return Fate.STORED;
        }

        @Override
        public void read(String path) {
          // Goes well.
        }

        @Override
        public void delete(String path) {
          // Goes well.
        }
      };
}
