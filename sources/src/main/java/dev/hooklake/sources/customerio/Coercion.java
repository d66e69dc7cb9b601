package dev.hooklake.sources.customerio;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns a JSON value into a column's value: as it is, or by the obvious reading of another type.
/// Null means that there is no such reading, and the member stays in `extra`.
enum Coercion {
  /// Strings; numbers and booleans as written.
  TEXT {
    @Override
    @Nullable Object of(Member member) {
      return member.kind().isScalarValue() ? member.text() : null;
    }
  },

  /// Whole numbers of 64 bits, also when written as `31.0` or `"31"`.
  WHOLE_NUMBER {
    @Override
    @Nullable Object of(Member member) {
      BigDecimal number = number(member);
      try {
        return number == null ? null : number.longValueExact();
      } catch (ArithmeticException e) {
        return null;
      }
    }
  },

  /// Booleans, also when written as `"true"` or `1`.
  FLAG {
    @Override
    @Nullable Object of(Member member) {
      if (!member.kind().isScalarValue()) {
        return null;
      }
      return switch (member.text()) {
        case "true", "1" -> true;
        case "false", "0" -> false;
        default -> null;
      };
    }
  },

  /// Any value, as JSON text exactly as sent.
  JSON {
    @Override
    Object of(Member member) {
      return member.rawValue();
    }
  };

  private static final Pattern PLAIN_NUMBER = Pattern.compile("-?[0-9]{1,30}(?:\\.[0-9]{1,30})?");

  abstract @Nullable Object of(Member member);

  /// The number a member holds, also as a plain string; null when it holds none.
  static @Nullable BigDecimal number(Member member) {
    boolean plainText = member.isString() && PLAIN_NUMBER.matcher(member.text()).matches();
    if (!plainText && !member.kind().isNumeric()) {
      return null;
    }
    try {
      return new BigDecimal(member.text());
    } catch (NumberFormatException e) {
      // JSON allows exponents that no number type holds.
      return null;
    }
  }
}
