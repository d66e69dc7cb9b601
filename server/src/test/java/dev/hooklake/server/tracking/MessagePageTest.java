package dev.hooklake.server.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hooklake.server.tracking.MessagePage.Cursor;
import dev.hooklake.server.tracking.MessagePage.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePageTest {

  @Test
  void aCursorSurvivesItsText() {
    var cursor = new Cursor(1_793_178_000_000_001L, "order:7731/a");

    assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "bm90aGluZw", "eDp5"})
  void aTextThatIsNoCursorIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cursor.parse(text))
        .withMessageContaining("cursor");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, MessagePage.MAX_LIMIT + 1})
  void aPageHasALimit(int limit) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Request(limit, null));
  }
}
