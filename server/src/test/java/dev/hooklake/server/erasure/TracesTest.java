package dev.hooklake.server.erasure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {
  private static final Traces TRACES =
      new Traces(
          new Person(
              Set.of("Ann.Lee+news@Example.com"),
              Set.of("+55 11 91234-5678"),
              Set.of("cust-0042-ab", "42"),
              Set.of("cio_d9c106000001"),
              Set.of("529.982.247-25")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meu cpf é 529.982.247-25, obrigado",
        "{\"cpf\":52998224725}",
        "cpf=529982247-25&x=1",
        "529 982 247 25",
        "{\"raw\":\"NTI5Ljk4Mi4yNDctMjU=\"}"
      })
  void aCpfIsFoundHoweverItIsWritten(String text) {
    assertThat(TRACES.in(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"152998224725", "529982247251", "529.982.247-26", "(52) 9982-24725"})
  void anotherNumberIsNoCpf(String text) {
    assertThat(TRACES.in(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"email\":\"ann.lee+news@example.com\"}",
        "{\"email\":\"ANN.LEE+NEWS@EXAMPLE.COM\"}",
        "{\"email\":\"ann.lee+news\\u0040example.com\"}",
        "{\"email\":\"\\u0061nn.lee\\u002bnews\\u0040example.com\"}",
        "{\"raw\":\"{\\\"email\\\":\\\"ann.lee\\\\u002Bnews\\\\u0040example.com\\\"}\"}",
        "To=ann.lee%2Bnews%40example.com&From=x",
        "payload=%7B%22email%22%3A%22ann.lee%2Bnews%5Cu0040example.com%22%7D",
        "next=https%3A%2F%2Fexample.org%2F%3Fe%3Dann.lee%252Bnews%2540example.com",
        "to=Bob+%3Cb%40example.org%3E%2C+ann.lee%2Bnews%40example.com",
        "<a href=\"mailto:ann.lee&#43;news&#64;example.com\">",
        "Write to ann.lee+news@example.com.",
        "\"Ann\" <ann.lee+news@example.com>, b@example.org",
      })
  void anAddressIsFoundHoweverItIsEscaped(String text) {
    assertThat(TRACES.in(text)).isTrue();
    assertThat(TRACES.in(text.getBytes(UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "joann.lee+news@example.com",
        "x.ann.lee+news@example.com",
        "ann.lee+news@example.com.br",
        "ann.lee+news@example.community",
        "ann.lee@example.com",
        "ann.lee+news at example.com",
        "no address at all 100%",
        "broken %zz \\u00 &#xffffffff; &#9999999; \\",
      })
  void anotherAddressIsNot(String text) {
    assertThat(TRACES.in(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"phone\":\"+5511912345678\"}",
        "{\"phone\":5511912345678}",
        "To=%2B5511912345678",
        "To=whatsapp%3A%2B5511912345678&x=1",
        "call +55 (11) 91234-5678 now",
        "00 55 11 91234 5678",
        "005511912345678",
      })
  void aNumberIsFoundHoweverItIsPunctuated(String text) {
    assertThat(TRACES.in(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"55119123456789", "15511912345678", "+5511912345679", "1777550011912"})
  void aLongerOrOtherNumberIsNot(String text) {
    assertThat(TRACES.in(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"customer_id\":\"cust-0042-ab\"}",
        "https://example.org/u/cust-0042-ab/settings",
        "{\"x\":\"d9c106000001\"}",
        "{\"customer_id\":\"42\"}",
        "{\"customer_id\" : 42}",
        "{\"identifiers\": {\"email\":null, \"id\":\"42\"}}",
        "customer_id=42&x=1",
      })
  void idsAreFound(String text) {
    assertThat(TRACES.in(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"campaign_id\":42, \"note\":\"42\"}",
        "{\"customer_id\":\"421\"}",
        "{\"customer_id\":\"4-42\"}",
        "{\"id\":42}",
        "xcust-0042-ab",
        "cust-0042-abc",
        "cust-0042-ab-2",
      })
  void aShortIdCountsOnlyWhereIdsOfPeopleStandAndALongOneAsAWord(String text) {
    assertThat(TRACES.in(text)).isFalse();
  }

  @Test
  void withinBase64ItIsFoundWhereverItBegins() {
    for (int before = 0; before < 6; before++) {
      String json = "x".repeat(before) + "{\"e\":\"ann.lee+news@example.com\",\"z\":1}";
      String encoded = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
      assertThat(TRACES.in("https://example.org/unsubscribe/" + encoded)).isTrue();
      assertThat(TRACES.in("{\"data\":\"" + encoded.replace("=", "\\u003d") + "\"}")).isTrue();
    }
    String other =
        Base64.getEncoder().encodeToString("{\"e\":\"bob@example.com\"}".getBytes(UTF_8));
    assertThat(TRACES.in(other)).isFalse();
  }

  @Test
  void bytesThatAreNoUtf8AreSearchedToo() {
    assertThat(TRACES.in("\u00fc ann.lee+news@example.com \u00e9".getBytes(ISO_8859_1))).isTrue();
  }

  @Test
  void whatNamesNobodyIsRefusedWithoutBeingQuoted() {
    assertThatThrownBy(() -> new Person(Set.of(), Set.of(), Set.of(), Set.of(), Set.of()))
        .hasMessageContaining("nobody is named");
    assertThatThrownBy(
            () -> new Person(Set.of("secret-name"), Set.of(), Set.of(), Set.of(), Set.of()))
        .hasMessageContaining("e-mail")
        .hasMessageNotContaining("secret-name");
    assertThatThrownBy(() -> new Person(Set.of(), Set.of(), Set.of(), Set.of(), Set.of("98761")))
        .hasMessageContaining("CPF")
        .hasMessageNotContaining("98761");
    assertThatThrownBy(() -> new Person(Set.of(), Set.of("98761"), Set.of(), Set.of(), Set.of()))
        .hasMessageContaining("phone")
        .hasMessageNotContaining("98761");
    assertThatThrownBy(() -> new Person(Set.of(), Set.of(), Set.of(" "), Set.of(), Set.of()))
        .hasMessageContaining("empty");
    assertThat(
            new Person(Set.of("ann@example.com"), Set.of(), Set.of(), Set.of(), Set.of())
                .toString())
        .doesNotContain("ann");
  }

  /// Each may be as long as a body.
  @Test
  void oneLayerOfEscapesIsLookedAtAfterTheOtherAndNoFurtherThanTheFirstHit() {
    var looked = new ArrayList<String>();
    assertThat(
            Unwrapped.anyLayer(
                "a%2540b+\\u0025&#37;",
                layer -> {
                  looked.add(layer);
                  return layer.startsWith("a%40");
                }))
        .isTrue();
    assertThat(looked).containsExactly("a%2540b+\\u0025&#37;", "a%2540b+%&#37;", "a%40b+%&#37;");
  }
}
