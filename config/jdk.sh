# Sourced by ./hooklake, ./check and benchmarks/run: finds a JDK 25 and Maven.

# A JDK's own file says its version; asking javac would take half a second of every command.
is_jdk25() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] || return 1
  if [ -r "$1/release" ]; then
    grep -q '^JAVA_VERSION="25[^0-9]' "$1/release"
  else
    "$1/bin/javac" -version 2>&1 | grep -q '^javac 25'
  fi
}

find_jdk25() {
  local home
  for home in "${HOOKLAKE_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*jdk*25* \
    "$HOME"/.sdkman/candidates/java/25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if is_jdk25 "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  echo "hooklake: no JDK 25 found. Install one (for example Temurin 25) and set JAVA_HOME to it." >&2
  return 1
}

# Maven comes from Debian when we may install it; elsewhere the user is told.
require_maven() {
  command -v mvn >/dev/null && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "hooklake: installing Maven" >&2
    apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends maven >&2 && return 0
  fi
  echo "hooklake: Maven 3.8.7 or later is needed and was not found; install it, for example: apt-get install maven" >&2
  return 1
}

# The console's tests drive a real browser.
require_chromium() {
  command -v chromium >/dev/null && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "hooklake: installing Chromium" >&2
    apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends chromium fonts-inter >&2 && return 0
  fi
  echo "hooklake: the console's tests need Chromium; install it, for example: apt-get install chromium" >&2
  return 1
}
