package dev.hooklake.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FormFieldsTest {

  @Test
  void valuesAreDecodedButNeverTrimmed() {
    FormFields fields = parse("Body=++padded++&To=%2B1&Name=%C3%BC%26%3D&Empty=");
    assertThat(fields.values())
        .containsEntry("Body", List.of("  padded  "))
        .containsEntry("To", List.of("+1"))
        .containsEntry("Name", List.of("ü&="))
        .containsEntry("Empty", List.of(""));
  }

  @Test
  void onlyTheFirstEqualsSignSeparates() {
    assertThat(parse("a=b=c").first("a")).contains("b=c");
    assertThat(parse("flag").first("flag")).contains("");
  }

  @Test
  void repeatsAreKeptInTheirOrder() {
    assertThat(parse("a=2&b=x&a=1&a=2").values()).containsEntry("a", List.of("2", "1", "2"));
  }

  @Test
  void aPercentSignThatStartsNoEscapeStandsForItself() {
    assertThat(parse("a=100%&b=%zz&c=%4").values())
        .containsEntry("a", List.of("100%"))
        .containsEntry("b", List.of("%zz"))
        .containsEntry("c", List.of("%4"));
  }

  @Test
  void sortedTextTakesDistinctValuesOfARepeatedName() {
    assertThat(parse("b=2&B=3&b=1&b=2").sortedText()).isEqualTo("B3b1b2");
  }

  @Test
  void moreFieldsThanAnybodySendsAreNotRead() {
    assertThat(FormFields.parse("a=1&".repeat(999) + "b=2")).isPresent();
    assertThat(FormFields.parse("a=1&".repeat(1000) + "b=2")).isEmpty();
  }

  @Test
  void onlyTheMediaTypeMakesAForm() {
    assertThat(FormFields.isForm("application/x-www-form-urlencoded; charset=UTF-8")).isTrue();
    assertThat(FormFields.isForm("Application/X-WWW-Form-Urlencoded")).isTrue();
    assertThat(FormFields.isForm("application/json; application/x-www-form-urlencoded")).isFalse();
    assertThat(FormFields.isForm("")).isFalse();
  }

  private static FormFields parse(String text) {
    return FormFields.parse(text).orElseThrow();
  }
}
