# Sourced by ./run and ./verify: finds a JDK 17 and Maven, installs what is missing where it may (Debian, as root).
# Sets JAVA_HOME and PATH; ends with a sentence that says what to install where it cannot.

say() { echo "notreville: $*" >&2; }

# install PACKAGE… : with apt, where that is possible; quiet either way
install() {
  if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null 2>&1; then
    say "installing $*"
    apt-get update -qq > /dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" > /dev/null 2>&1 || true
  fi
}

# need COMMAND PACKAGE : sees to it that COMMAND is there
need() {
  command -v "$1" > /dev/null 2>&1 || install "$2"
  command -v "$1" > /dev/null 2>&1 && return
  say "$1 is missing. Please install it; on Debian: apt-get install $2"
  exit 1
}

java_major() { "$1" -version 2>&1 | sed -n '1s/[^"]*"\([0-9]*\).*/\1/p'; }

find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/java-17-openjdk-* /usr/lib/jvm/*17*; do
    if [ -x "$home/bin/javac" ] && [ "$(java_major "$home/bin/java")" = 17 ]; then
      export JAVA_HOME=$home PATH=$home/bin:$PATH
      return 0
    fi
  done
  return 1
}

need_jdk() {
  find_jdk || { install openjdk-17-jdk-headless; find_jdk; } && return
  say "a JDK 17 is missing. Please install one and set JAVA_HOME; on Debian: apt-get install openjdk-17-jdk-headless"
  exit 1
}

# The browser of the tests; Playwright's own is not used.
need_chromium() {
  local browser
  for browser in chromium chromium-browser google-chrome; do
    command -v "$browser" > /dev/null 2>&1 && return
  done
  need chromium chromium
}

# What the OpenID provider of the tests runs on; its packages are installed with npm.
need_node() {
  need node nodejs
  need npm npm
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ] && return
  say "Node.js $(node --version) is too old for the OpenID provider of the tests. Please install 18 or later."
  exit 1
}
