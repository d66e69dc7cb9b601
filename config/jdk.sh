# Sourced by ./hooklake and ./check: finds a JDK 25 for Maven and for the program.
find_jdk25() {
  local home
  for home in "${HOOKLAKE_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*jdk*25* \
    "$HOME"/.sdkman/candidates/java/25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [ -x "$home/bin/javac" ] && "$home/bin/javac" -version 2>&1 | grep -q '^javac 25'; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  echo "hooklake: no JDK 25 found. Install one (for example Temurin 25) and set JAVA_HOME to it." >&2
  return 1
}
