# Sourced by ./run: builds, starts and stops servers and databases, drives wrk, reads processor time, prints tables.

pids=()

build() {
  local log=$root/distribution/benchmarks/target-build.log
  say "building"
  (cd "$root" && mvn -B -q package -Pbenchmarks -DskipTests -Dspotless.check.skip=true \
    -pl distribution/assembly,distribution/benchmarks/hello,distribution/benchmarks/plain,distribution/benchmarks/tools -am) \
    > "$log" 2>&1 || { tail -40 "$log" >&2; say "the build failed; its output is in $log"; exit 1; }
}

find_built() {
  ours=$root/distribution/assembly/target/assembly
  plain=$here/plain/target/assembly
  hello=$(find "$here/hello/target" -maxdepth 1 -name '*.hello-*.jar' -print -quit 2> /dev/null || true)
  local jars
  jars=$(find "$ours/system" \( -name 'ca.notreville.libraries.derby-*.jar' -o -name 'postgresql-*.jar' -o -name 'jackson-core-*.jar' \
    -o -name 'bcprov-*.jar' -o -name 'jackson-databind-*.jar' -o -name 'jackson-annotations-*.jar' \) -printf '%p:' 2> /dev/null || true)
  tools=$here/tools/target/classes:$jars
  if [ ! -d "$ours" ] || [ ! -d "$plain" ] || [ -z "$hello" ] || [ -z "$jars" ]; then
    say "nothing is built; leave --no-build out"
    exit 1
  fi
}

finish() {
  local pid
  for pid in ${pids[@]+"${pids[@]}"}; do kill -KILL "$pid" 2> /dev/null || true; done
  [ -z "${cluster:-}" ] || stop_postgresql
  if [ -n "$keep" ]; then say "kept $work"; else rm -rf "$work"; fi
}

now_ms() { local t=$EPOCHREALTIME; echo $((${t/[.,]/} / 1000)); }

# status PORT PATH : what this address answers, without starting a process
status() {
  local line
  exec 3<> "/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\nAccept-Language: fr\r\n\r\n' "$2" >&3
  IFS= read -r -t 30 line <&3 || line=
  exec 3>&- 3<&-
  line=${line#* }
  answer=${line%% *}
} 2> /dev/null

# wait_for PID PORT PATH : until it answers 200; fails after two minutes or when the process ends
wait_for() {
  local end=$((SECONDS + 120))
  while [ $SECONDS -lt $end ]; do
    answer=
    { status "$2" "$3" || true; } 2> /dev/null
    [ "$answer" = 200 ] && return
    kill -0 "$1" 2> /dev/null || break
    sleep 0.05
  done
  say "nothing answers on port $2 $3"
  return 1
}

# launch ASSEMBLY DATA PORT [OPTION…] : starts in the background and sets $pid
launch() {
  local assembly=$1 data=$2 at=$3
  shift 3
  mkdir -p "$data"
  bash "$assembly/bin/notreville" --data "$data" --port "$at" "$@" > "$data/out.txt" 2>&1 &
  pid=$!
  pids+=("$pid")
}

# java_options : those that our script gives to Java
java_options() {
  local room jit script=$ours/bin/notreville
  eval "$(grep -E '^(room|jit)=' "$script")"
  eval "echo \"$(sed -n 's/.*NOTREVILLE_JAVA_OPTS:-\(.*\)}.*/\1/p' "$script")\""
}

# launch_karaf ASSEMBLY DATA PORT : starts it with Karaf's own script in the background and sets $pid
launch_karaf() {
  KARAF_DATA=$2/data KARAF_ETC=$2/etc KARAF_LOG=$2/log KARAF_NOROOT= \
    EXTRA_JAVA_OPTS="-Dnotreville.data=$2 -Dnotreville.port=$3 -Dnotreville.host=127.0.0.1 -Dnotreville.sample=false \
    -Dnotreville.shell.port=$(($3 + 100))" \
    CHECK_ROOT_INSTANCE_RUNNING=false bash "$1/bin/karaf" daemon > "$2/out.txt" 2>&1 &
  pid=$!
  pids+=("$pid")
}

# stop PID : in order
stop() {
  kill -TERM "$1" 2> /dev/null || true
  local end=$((SECONDS + 40))
  while kill -0 "$1" 2> /dev/null && [ $SECONDS -lt $end ]; do sleep 0.1; done
  kill -KILL "$1" 2> /dev/null || true
  wait "$1" 2> /dev/null || true
}

# tool CLASS [ARGUMENT…] : one of our Java programs
tool() {
  local class=$1
  shift
  # the page cache and the log's durability are Derby's defaults here as in the server
  "$JAVA_HOME/bin/java" -Dderby.stream.error.file="$work/derby.log" -Duser.timezone=UTC -Xmx1g ${tool_options:-} \
    -cp "$tools" "ca.notreville.benchmarks.$class" "$@"
}

# load SECONDS CONNECTIONS SCRIPT URL [ARGUMENT…] : sets requests, rate, p50, p99 (milliseconds) and failures
load() {
  local for=$1 connections=$2 script=$3 url=$4 line
  shift 4
  line=$(timeout $((for + 30)) wrk -t1 -c"$connections" -d"${for}s" --timeout 20s -s "$here/wrk/$script" "$url" -- "$@" | grep ^RESULT)
  read -r _ requests duration p50 p99 failures <<< "$line"
  rate=$(calc "$requests * 1000000 / $duration")
  p50=$(calc "$p50 / 1000" 1) p99=$(calc "$p99 / 1000" 1)
}

# warm SECONDS CONNECTIONS SCRIPT URL [ARGUMENT…]
warm() { [ "$1" -eq 0 ] || load "$@"; }

# calc EXPRESSION [DECIMALS]
calc() { awk "BEGIN { printf \"%.${2:-0}f\", $1 }"; }

# holds VALUE OPERATOR LIMIT : a word for a table
holds() { if awk "BEGIN { exit !($1 $2 $3) }"; then echo holds; else echo '**missed**'; fi; }

# median VALUE… and spread VALUE…
median() { printf '%s\n' "$@" | sort -g | awk '{ v[NR] = $1 } END { m = int((NR + 1) / 2); print NR % 2 ? v[m] : (v[m] + v[m + 1]) / 2 }'; }
spread() { printf '%s\n' "$@" | sort -g | awk 'NR == 1 { low = $1 } { high = $1 } END { print low " – " high }'; }

# ticks PID : processor time of a process so far, in milliseconds
ticks() { sed 's/.*) //' "/proc/$1/stat" | awk -v hz="$(getconf CLK_TCK)" '{ print ($12 + $13) * 1000 / hz }'; }

# resident PID, peak PID : memory in MB
resident() { awk '/^VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status"; }
peak() { awk '/^VmHWM/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status"; }

# prepare DATA PORT IDEAS MEMBERS VOTES [--db …] : tables made by the platform, rows by us
prepare() {
  local data=$1 at=$2 ideas=$3 members=$4 votes=$5
  shift 5
  say "filling $ideas ideas, $members members, about $votes votes an idea"
  launch "$ours" "$data" "$at" --sample "$@"
  wait_for "$pid" "$at" /ideas
  stop "$pid"
  if [ $# -eq 0 ]; then
    tool_options='-Dderby.system.durability=test -Dderby.storage.pageCacheSize=40000' \
      tool Seed "jdbc:derby:$data/database/notreville" notreville "$ideas" "$members" "$votes" "$data/pages.txt"
  else
    tool Seed "$2" "$4" "$ideas" "$members" "$votes" "$data/pages.txt"
  fi
  filled "$data"
}

# filled DATA : the copies of what is in the database are made anew at the next start, and its log says when
filled() {
  rm -rf "$1/run/data"
  : > "$1/log/notreville.log"
}

# indexed DATA KIND… : until the search index is complete
indexed() {
  local log=$1/log/notreville.log kind end=$((SECONDS + 1200))
  shift
  for kind in "$@"; do
    until grep -q "Indexed [0-9]* of kind $kind" "$log"; do
      [ $SECONDS -lt $end ] || { say "the search index of kind $kind is not complete after 20 minutes"; return 1; }
      sleep 1
    done
  done
}

# start_postgresql : a cluster of its own with the settings that Debian ships, fsync on; sets db_options and db_url
start_postgresql() {
  local bin
  bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2> /dev/null | sort -V | tail -1)
  if [ -z "$bin" ]; then
    install postgresql
    bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2> /dev/null | sort -V | tail -1)
  fi
  [ -n "$bin" ] || { say "PostgreSQL is missing; on Debian: apt-get install postgresql"; return 1; }
  postgresql_bin=$bin
  as=()
  # the server refuses to run as root
  [ "$(id -u)" != 0 ] || as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  cluster=$work/postgresql
  mkdir -p "$cluster"
  [ ${#as[@]} -eq 0 ] || chown postgres: "$cluster"
  (cd "$cluster" && "${as[@]}" "$bin/initdb" -D "$cluster/data" -A trust -U notreville --locale=C.UTF-8 > "$work/initdb.txt" 2>&1)
  (cd "$cluster" && "${as[@]}" "$bin/pg_ctl" -D "$cluster/data" -w -l "$cluster/log" \
    -o "-p $((port + 4)) -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=on" start > "$work/pg_ctl.txt" 2>&1)
  database bench
}

# database NAME : a new database in that cluster
database() {
  "$postgresql_bin/createdb" -h 127.0.0.1 -p $((port + 4)) -U notreville "$1"
  db_url=jdbc:postgresql://127.0.0.1:$((port + 4))/$1
  db_options=(--db "$db_url" --db-user notreville)
}

stop_postgresql() {
  (cd "$cluster" && "${as[@]}" "$postgresql_bin/pg_ctl" -D "$cluster/data" -m immediate stop > /dev/null 2>&1) || true
  cluster=
}
