package dev.hooklake.testkit.leads;

import java.util.List;

/// Somebody who does not exist, with one of the numbers that tutorials print.
///
/// @param cpf eleven digits
public record InventedPerson(
    String cpf, String name, String birthDate, String email, String phone) {

  public static final List<InventedPerson> ALL =
      List.of(
          new InventedPerson(
              "52998224725", "LEAD TESTE ALFA", "01/02/1980", "alfa@example.com", "11900000001"),
          new InventedPerson(
              "11144477735",
              "OUTRA PESSOA EXEMPLO",
              "03/04/1975",
              "outra@example.org",
              "11900000002"),
          new InventedPerson(
              "12345678909", "LEAD TESTE DELTA", "05/06/1990", "delta@example.net", "11900000004"),
          new InventedPerson(
              "00000000604", "LEAD TESTE GAMA", "07/08/1985", "gama@example.com", "11900000003"));
}
