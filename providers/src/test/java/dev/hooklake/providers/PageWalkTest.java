package dev.hooklake.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PageWalkTest {

  @Test
  void theEndIsWhereNoCursorIs() throws Exception {
    PageWalk<Integer> walk = walk(List.of(page("a", 1, 2), page("b"), page(null, 3)));
    assertThat(items(walk)).containsExactly(1, 2, 3);
    assertThat(walk.next()).isInstanceOf(PageWalk.Step.End.class);
    assertThat(walk.pages()).isEqualTo(3);
  }

  @Test
  void aRepeatedCursorIsALie() throws Exception {
    PageWalk<Integer> walk = walk(List.of(page("a", 1), page("b", 2), page("a", 3)));
    walk.next();
    walk.next();
    assertThat(walk.next())
        .isEqualTo(
            new PageWalk.Step.Broken<Integer>(
                new Failure.Unreadable("the list of numbers gave a cursor twice, after 2 pages")));
  }

  @Test
  void cursorsOnEmptyPagesEndAfterThree() throws Exception {
    PageWalk<Integer> walk =
        walk(List.of(page("a", 1), page("b"), page("c"), page("d"), page("e", 9)));
    assertThat(items(walk)).containsExactly(1);
  }

  @Test
  void aFailureMayBeTriedAgainWhereItHappened() throws Exception {
    Answer<Page<Integer>> broken = Answer.failed(new Failure.Unavailable("down"));
    PageWalk<Integer> walk = walk(List.of(page("a", 1), broken, page(null, 2)));
    walk.next();
    assertThat(walk.next()).isInstanceOf(PageWalk.Step.Broken.class);
    assertThat(walk.next()).isEqualTo(new PageWalk.Step.Items<>(List.of(2)));
  }

  private static Answer<Page<Integer>> page(String next, Integer... items) {
    return Answer.given(new Page<>(List.of(items), next));
  }

  private static PageWalk<Integer> walk(List<Answer<Page<Integer>>> pages) {
    Iterator<Answer<Page<Integer>>> all = pages.iterator();
    return new PageWalk<>("numbers", cursor -> all.next());
  }

  private static List<Integer> items(PageWalk<Integer> walk) throws InterruptedException {
    List<Integer> items = new ArrayList<>();
    while (walk.next() instanceof PageWalk.Step.Items<Integer> page) {
      items.addAll(page.items());
    }
    return items;
  }
}
