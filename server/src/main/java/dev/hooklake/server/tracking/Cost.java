package dev.hooklake.server.tracking;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// What a message costs: an amount, never negative, in a currency such as `USD`; empty when
/// unknown.
public record Cost(BigDecimal amount, String currency) {
  private static final int MICROS = 6;

  public Cost {
    if (amount.signum() < 0 || amount.precision() - amount.scale() > 9) {
      throw new IllegalArgumentException("a cost is between 0 and a thousand million");
    }
    if (currency.length() > 3) {
      throw new IllegalArgumentException("a currency has three letters, for example USD");
    }
  }

  static Cost ofMicros(long micros, String currency) {
    return new Cost(BigDecimal.valueOf(micros, MICROS), currency);
  }

  long micros() {
    return amount.setScale(MICROS, RoundingMode.HALF_UP).unscaledValue().longValueExact();
  }
}
