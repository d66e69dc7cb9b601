package dev.hooklake.server.enrichment.person;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.enrichment.contact.Cpf;
import dev.hooklake.server.enrichment.contact.EmailAddress;
import dev.hooklake.server.enrichment.contact.Phone;
import dev.hooklake.server.enrichment.contact.PhoneNumbers;
import dev.hooklake.server.enrichment.person.PersonProfile.Address;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Reads single fields as Brazilian registers write them, leniently: what has not the expected form
/// is as if it were not there.
record Fields(Set<ProfileField> allowed) {
  /// No list of ours needs more; a register may send hundreds.
  private static final int MOST_ITEMS = 10;

  private static final int LONGEST_TEXT = 200;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /// Nothing unless the field is on the allow-list.
  <T> Optional<T> allowed(ProfileField field, Supplier<Optional<T>> read) {
    return allowed.contains(field) ? read.get() : Optional.empty();
  }

  <T> List<T> allowedAll(ProfileField field, JsonNode list, Function<JsonNode, Optional<T>> read) {
    if (!allowed.contains(field)) {
      return List.of();
    }
    return items(list)
        .flatMap(item -> read.apply(item).stream())
        .distinct()
        .limit(MOST_ITEMS)
        .toList();
  }

  static Stream<JsonNode> items(JsonNode list) {
    return list.isArray() ? StreamSupport.stream(list.spliterator(), false) : Stream.empty();
  }

  static Optional<String> text(JsonNode node) {
    return Optional.of(node)
        .filter(value -> value.isTextual() || value.isNumber())
        .map(value -> CONTROL.matcher(value.asText()).replaceAll(" ").strip())
        .filter(text -> !text.isEmpty())
        .map(text -> text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
  }

  static String textOrEmpty(JsonNode node) {
    return text(node).orElse("");
  }

  /// Also from 14 digits, as registers of companies and people pad them.
  static Optional<Cpf> cpf(JsonNode node) {
    if (node.isIntegralNumber()) {
      return Cpf.ofNumber(node.asLong());
    }
    return text(node)
        .map(digits -> digits.matches("000[0-9]{11}") ? digits.substring(3) : digits)
        .flatMap(Cpf::parse);
  }

  static Optional<LocalDate> date(JsonNode node) {
    return text(node)
        .flatMap(text -> {
          try {
            return Optional.of(
                text.indexOf('/') > 0 ? LocalDate.parse(text, DATE) : LocalDate.parse(text));
          } catch (DateTimeException e) {
            return Optional.empty();
          }
        });
  }

  /// `M - MASCULINO` is `M`; what begins with neither letter tells nothing.
  static Optional<String> sex(JsonNode node) {
    return text(node)
        .map(text -> text.substring(0, 1).toUpperCase(Locale.ROOT))
        .filter(Set.of("F", "M")::contains);
  }

  static Optional<EmailAddress> email(JsonNode node) {
    return text(node).flatMap(EmailAddress::parse);
  }

  static Optional<Phone> phone(@Nullable String areaAndNumber) {
    return Optional.ofNullable(areaAndNumber).flatMap(PhoneNumbers::parse);
  }

  /// @param street its parts in the order in which they are written
  static Optional<Address> address(JsonNode one, String... street) {
    String written =
        Stream.of(street)
            .map(part -> textOrEmpty(one.path(part)))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" "));
    String city = textOrEmpty(one.path("cidade"));
    return written.isEmpty() && city.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Address(
                written,
                textOrEmpty(one.path("bairro")),
                city,
                textOrEmpty(one.path("uf")),
                textOrEmpty(one.path("cep"))));
  }
}
