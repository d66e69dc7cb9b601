package dev.hooklake.server.enrichment.contact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.enrichment.LeadLines;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpfTest {
  private static final String SHORT_NUMBER = "604";

  static List<JsonNode> vectors() {
    List<JsonNode> vectors = LeadLines.of("cpf_vector");
    assertThat(vectors).hasSize(13);
    return vectors;
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everyVectorIsTakenOrRefused(JsonNode vector) {
    String input = vector.path("input").asText();
    if (input.equals(SHORT_NUMBER)) {
      assertThat(Cpf.parse(input)).isEmpty();
      assertThat(Cpf.ofNumber(604).orElseThrow().digits()).isEqualTo("00000000604");
    } else if (vector.path("valid").asBoolean()) {
      assertThat(Cpf.parse(input).orElseThrow().digits()).isEqualTo(vector.path("digits").asText());
    } else {
      assertThat(Cpf.parse(input)).isEmpty();
    }
  }

  @Test
  void itIsShownByItsLastTwoDigitsOnly() {
    Cpf cpf = Cpf.parse("52998224725").orElseThrow();
    assertThat(cpf).hasToString("***.***.***-25");
    assertThat(cpf.formatted()).isEqualTo("529.982.247-25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"52998224725", "11144477735", "12345678909", "00000000604"})
  void noSingleWrongDigitPasses(String digits) {
    // One in 550 slips does: those where a check digit of ten is written as nought.
    int passed = 0;
    int tried = 0;
    for (int position = 0; position < digits.length(); position++) {
      for (char other = '0'; other <= '9'; other++) {
        if (other != digits.charAt(position)) {
          String slip = digits.substring(0, position) + other + digits.substring(position + 1);
          tried++;
          passed += Cpf.parse(slip).isPresent() ? 1 : 0;
        }
      }
    }
    assertThat(tried).isEqualTo(99);
    assertThat(passed).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'Meu CPF: 529.982.247-25', 52998224725",
    "'cpf 11144477735', 11144477735",
    "'CPF n.º 111.444.777-35.', 11144477735",
    "'documento 529.982.247-25 ok', 52998224725",
    "'CPF 529.982.247-52', ",
    "'me liga no 11900000083', ",
    "'tel cpf? me liga no numero de sempre, que é o 11900000083', ",
    "'CNPJ 11.222.333/0001-81', ",
    "'cpf 5299822472', ",
    "'cpf 529982247250', ",
    "'CPF 529.982.247-25 e CPF 111.444.777-35', ",
    "'CPF 529.982.247-25, repito 529.982.247-25', 52998224725"
  })
  void inTextOnlyWhatIsWrittenAsOneIsTaken(String text, String digits) {
    assertThat(CpfInText.only(List.of(text)).map(Cpf::digits).orElse(null)).isEqualTo(digits);
  }
}
