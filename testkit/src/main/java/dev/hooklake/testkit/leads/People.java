package dev.hooklake.testkit.leads;

import java.util.List;
import java.util.Optional;

/// Whom the registers know.
public interface People {
  /// Everybody with this phone.
  ///
  /// @param national area code and number
  List<InventedPerson> byPhone(String national);

  List<InventedPerson> byEmail(String email);

  default Optional<InventedPerson> byCpf(String cpf) {
    return InventedPerson.ALL.stream().filter(person -> person.cpf().equals(cpf)).findFirst();
  }

  /// Everybody has every contact, by its last digit: 0 and 9 are nobody's, the others belong to the
  /// four in turn.
  static People byDigit() {
    return new People() {
      @Override
      public List<InventedPerson> byPhone(String national) {
        return person(national);
      }

      @Override
      public List<InventedPerson> byEmail(String email) {
        return person(email.replaceAll("[^0-9]", ""));
      }
    };
  }

  private static List<InventedPerson> person(String digits) {
    if (digits.isEmpty()) {
      return List.of();
    }
    int last = digits.charAt(digits.length() - 1) - '0';
    return last == 0 || last == 9
        ? List.of()
        : List.of(InventedPerson.ALL.get((last - 1) % InventedPerson.ALL.size()));
  }
}
