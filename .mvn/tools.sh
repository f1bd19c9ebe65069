# shellcheck shell=bash
# Finds a JDK and a Maven. Sourced by ./build and ./webmon; bash 3.2 (macOS) and POSIX tools will do.

lowest_java=25
lowest_maven=3.8.7

# at_least HAVE WANT: compares versions of up to three numbers.
at_least() {
  local IFS=. i have want
  # shellcheck disable=SC2206 # split at the dots
  have=(${1%%[!0-9.]*}) want=($2)
  for i in 0 1 2; do
    if [ "${have[i]:-0}" -ne "${want[i]:-0}" ]; then
      [ "${have[i]:-0}" -gt "${want[i]:-0}" ]
      return
    fi
  done
}

# resolved FILE: the file that a chain of symbolic links leads to (not every readlink has -f).
resolved() {
  local file=$1 link
  while [ -L "$file" ]; do
    link=$(readlink "$file")
    case $link in
      /*) file=$link ;;
      *) file=$(dirname "$file")/$link ;;
    esac
  done
  printf '%s\n' "$(CDPATH='' cd "$(dirname "$file")" && pwd -P)/$(basename "$file")"
}

# is_jdk FOLDER: whether it is a JDK that is new enough, as its own release file says.
is_jdk() {
  local version
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  version=$(sed -n 's/^JAVA_VERSION="\(.*\)".*/\1/p' "$1/release")
  [ -n "$version" ] && at_least "$version" "$lowest_java"
}

# Where JDKs are put by systems, version managers and development environments.
jdk_candidates() {
  local javac
  printf '%s\n' "${JAVA_HOME:-}"
  if javac=$(command -v javac); then
    dirname "$(dirname "$(resolved "$javac")")"
  fi
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v "$lowest_java+" 2>/dev/null
  fi
  printf '%s\n' \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/openjdk-* \
    /opt/java/* /opt/jdk* /opt/*jdk* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home
  if [ -n "${HOME:-}" ]; then
    printf '%s\n' \
      "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "$HOME"/.jdks/* "$HOME"/.gradle/jdks/* \
      "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
      "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home
  fi
}

# Sets and exports JAVA_HOME, or says how to get a JDK and ends with 2.
find_jdk() {
  local candidate
  while IFS= read -r candidate; do
    if [ -n "$candidate" ] && is_jdk "$candidate"; then
      export JAVA_HOME=$candidate
      return
    fi
  done < <(jdk_candidates)
  echo "No JDK $lowest_java or newer was found in JAVA_HOME, PATH or the usual places:" \
    "install one (https://adoptium.net, or 'sdk install java 25-tem') and set JAVA_HOME to it." >&2
  exit 2
}

# Sets the array maven to the installed Maven if it is new enough, else to the one that ./mvnw brings.
find_maven() {
  local version
  export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
  if command -v mvn >/dev/null; then
    version=$(mvn --batch-mode --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')
    if [ -n "$version" ] && at_least "$version" "$lowest_maven"; then
      maven=(mvn)
      return
    fi
  fi
  maven=(sh ./mvnw)
}

# detach FILE: puts a copy in its place, so that a process that runs it is not hurt by a new build.
detach() {
  if [ -f "$1" ]; then
    cp -p "$1" "$1.copy" && mv -f "$1.copy" "$1"
  fi
}
