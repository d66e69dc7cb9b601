package dev.hooklake.journal;

import dev.hooklake.journal.FrameReader.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Everything readable in a segment, and the places between that are not.
///
/// @param pieces unbroken stretches of whole records, in order
/// @param gaps what is not readable, in order
/// @param provenThrough the highest sequence that a record in the file proves to have been synced
record SegmentWalk(List<Piece> pieces, List<Gap> gaps, long provenThrough) {

  private static final long TO_THE_END = Long.MAX_VALUE;

  /// Bytes `from` up to `to` hold the records `first` to `last`.
  record Piece(long from, long to, long first, long last, long records) {

    Piece and(FrameReader frame) {
      return new Piece(from, frame.nextAt(), first, frame.sequence(), records + 1);
    }

    /// Its bytes are only of interest in a segment that may go on, where nothing is left out.
    Piece upTo(long most) {
      return last <= most ? this : new Piece(from, to, first, most, records - (last - most));
    }

    static Piece of(FrameReader frame) {
      return new Piece(frame.at(), frame.nextAt(), frame.sequence(), frame.sequence(), 1);
    }
  }

  /// At `offset` the records `first` to `last` should begin and cannot be read.
  record Gap(long offset, long first, long last, String reason) {}

  static SegmentWalk of(FrameReader reader, long end) throws IOException {
    List<Piece> pieces = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    long proven = 0;
    Step step = reader.next(end);
    boolean joined = false;
    while (step != Step.END) {
      if (step == Step.FRAME) {
        pieces.add(joined ? pieces.removeLast().and(reader) : Piece.of(reader));
        proven = Math.max(proven, reader.syncedThrough());
        joined = true;
        step = reader.next(end);
      } else {
        Gap gap = new Gap(reader.at(), reader.expected(), TO_THE_END, reader.reason());
        boolean more = reader.resync(end);
        gaps.add(more ? closed(gap, reader.sequence() - 1) : gap);
        joined = false;
        step = more ? Step.FRAME : Step.END;
      }
    }
    return new SegmentWalk(pieces, gaps, proven);
  }

  private static Gap closed(Gap gap, long last) {
    return new Gap(gap.offset(), gap.first(), last, gap.reason());
  }

  long records() {
    return pieces.stream().mapToLong(Piece::records).sum();
  }

  /// What is lost of the records up to `through`, all of which had been acknowledged.
  List<Gap> lost(long through) {
    List<Gap> lost = new ArrayList<>();
    for (Gap gap : gaps) {
      if (gap.first() <= through) {
        lost.add(closed(gap, Math.min(gap.last(), through)));
      }
    }
    return lost;
  }

  /// The readable stretches of what was acknowledged, and of what follows it without a break.
  ///
  /// @param most nothing above this counts
  List<Piece> kept(long through, long most) {
    long tornAt =
        gaps.stream()
            .filter(gap -> gap.first() > through)
            .mapToLong(Gap::offset)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    return pieces.stream()
        .filter(piece -> piece.from() < tornAt && piece.first() <= most)
        .map(piece -> piece.upTo(most))
        .toList();
  }
}
