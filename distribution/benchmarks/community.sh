# The community at two sizes, side by side and asked in turn: a page with fifty comments, lists, search, sign-in.

measure_community() {
  local n=${rounds:-5} size i q at=$port all=() servers=() ports=() folders=()
  for size in $people; do
    fill_town "$work/community-$size" "$size"
    all+=("$size") folders+=("$work/community-$size/addresses")
  done
  for size in $people; do
    launch "$ours" "$work/community-$size" "$at"
    servers+=("$pid") ports+=("$at")
    wait_for "$pid" "$at" /ideas
    at=$((at + 1))
  done
  say "community: waiting for the search index"
  for size in $people; do indexed "$work/community-$size" idea member organisation; done
  local last=$((${#all[@]} - 1))
  fifty_comments
  lists
  searches
  lag
  for pid in "${servers[@]}"; do stop "$pid"; done
  sign_in
}

# fill_town DATA MEMBERS
fill_town() {
  say "filling $2 members, as many ideas, ten comments each"
  launch "$ours" "$1" "$port" --sample
  wait_for "$pid" "$port" /ideas
  # the skills that members have are of the sample town
  indexed "$1" idea member organisation
  stop "$pid"
  tool_options='-Dderby.system.durability=test -Dderby.storage.pageCacheSize=40000' \
    tool Community "jdbc:derby:$1/database/notreville" notreville "$2" "$1/addresses"
  filled "$1"
}

# ask_town SECONDS TOWN CONNECTIONS PATH [FILE] [MEMBERS] : as load does, and cost, the server's processor time for a request in ms
ask_town() {
  local before file=${5:-}
  before=$(ticks "${servers[$2]}")
  load "$1" "$3" get.lua "http://127.0.0.1:${ports[$2]}$4" "${file:+${folders[$2]}/}${file:--}" "${6:-0}"
  cost=$(calc "($(ticks "${servers[$2]}") - $before) / $requests" 3)
}

# of_town TOWN PATH JSON-NAME [NUMBER] : a value out of what the town answers
of_town() {
  local body
  exec 3<> "/dev/tcp/127.0.0.1/${ports[$1]}"
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
  body=$(cat <&3)
  exec 3>&- 3<&-
  grep -o "\"$3\":\"[^\"]*\"" <<< "$body" | sed -n "${4:-1}s/\"$3\":\"\(.*\)\"/\1/p"
}

fifty_comments() {
  local page=/ideas/1000000 rest='/api/v1/comments?initiative=idea:1000000&limit=50' round q
  local titles=('the page of an idea, visitor' 'the page of an idea, member' 'the discussion apart, visitor' 'the discussion apart, member'
    'REST, visitor' 'REST, member')
  local paths=($page $page '/comments?initiative=idea:1000000' '/comments?initiative=idea:1000000' "$rest" "$rest") as=(0 20 0 20 0 20)
  say "community: warming up the page"
  for q in "${!paths[@]}"; do ask_town $((warm / 4 > 0 ? warm / 4 : 1)) "$last" 16 "${paths[q]}" '' "${as[q]}"; done
  local -A costs=() p50s=() p99s=() ones=() failed=()
  for round in $(seq "$n"); do
    say "community, fifty comments, round $round of $n"
    for q in "${!paths[@]}"; do
      ask_town "$seconds" "$last" 16 "${paths[q]}" '' "${as[q]}"
      costs[$q]+=" $cost" failed[$q]=$((${failed[$q]:-0} + failures))
      ask_town "$seconds" "$last" 1 "${paths[q]}" '' "${as[q]}"
      p50s[$q]+=" $p50" p99s[$q]+=" $p99" ones[$q]+=" $cost" failed[$q]=$((${failed[$q]:-0} + failures))
    done
  done
  cat << EOF

## community: fifty comments, in a town of ${all[last]} members; wrk for $seconds s, median of $n

| | processor ms of the server, 16 connections | 1 connection | p50 ms, 1 connection | p99 ms | failed | target: processor time < 15 ms |
|---|---|---|---|---|---|---|
EOF
  for q in "${!paths[@]}"; do
    cost=$(median ${costs[$q]})
    echo "| ${titles[q]} | $cost | $(median ${ones[$q]}) | $(median ${p50s[$q]}) | $(median ${p99s[$q]}) | ${failed[$q]} | $(holds "$cost" '<' 15) |"
  done
}

lists() {
  local place skill round
  place=$(of_town 0 /api/v1/neighbourhoods id)
  skill=$(of_town 0 /api/v1/profiles/skills id 3)
  local titles=('members' 'members, deep, by cursor' 'members of a neighbourhood' 'members with a skill' 'members with a skill, of a neighbourhood'
    'experts' 'experts of a neighbourhood' 'organisations' 'organisations, deep, by cursor' 'organisations of a neighbourhood' 'organisations of a kind'
    'one discussion, newest first' 'one discussion, best first' 'many discussions, newest first' 'many discussions, best first'
    'many discussions, best first, REST' 'a neighbourhood' 'notifications of 20 members')
  local paths=(/members /members "/members?neighbourhood=$place" "/members?skill=$skill" "/members?skill=$skill&neighbourhood=$place"
    '/members?kind=expert' "/members?kind=expert&neighbourhood=$place" /organisations /organisations "/organisations?neighbourhood=$place" '/organisations?kind=business'
    '/comments?initiative=idea:1000000' '/comments?initiative=idea:1000000&sort=best' /comments /comments
    /api/v1/comments "/neighbourhoods/$place" /notifications)
  local files=('' members.txt '' '' '' '' '' '' organisations.txt '' '' '' '' discussions-new.txt discussions-best.txt discussions-best.txt '' '')
  local as=(0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 20)
  local -A costs=() speeds=() failed=()
  for i in "${!all[@]}"; do
    say "community: warming up the lists at ${all[i]} members"
    for q in "${!paths[@]}"; do ask_town $((warm / 6 > 0 ? warm / 6 : 1)) "$i" 16 "${paths[q]}" "${files[q]}" "${as[q]}"; done
  done
  for round in $(seq "$n"); do
    say "community, lists, round $round of $n"
    for q in "${!paths[@]}"; do
      for i in "${!all[@]}"; do
        ask_town "$seconds" "$i" 16 "${paths[q]}" "${files[q]}" "${as[q]}"
        costs[$q,$i]+=" $cost" speeds[$q,$i]+=" $rate" failed[$q]=$((${failed[$q]:-0} + failures))
      done
    done
  done
  echo
  echo "## community: lists, processor time of the server for a request in ms, and requests/s of wrk -t1 -c16 for $seconds s; median of $n"
  echo
  printf '| |'
  for i in "${!all[@]}"; do printf ' %s members, %s comments |' "${all[i]}" "$((all[i] * 10))"; done
  echo ' largest to smallest | failed | target ≤ 1.3 |'
  printf '|---|'; printf -- '---|%.0s' "${all[@]}"; echo '---|---|---|'
  for q in "${!paths[@]}"; do
    printf '| %s |' "${titles[q]}"
    for i in "${!all[@]}"; do printf ' %s ms, %s/s |' "$(median ${costs[$q,$i]})" "$(median ${speeds[$q,$i]})"; done
    local ratio
    ratio=$(calc "$(median ${costs[$q,$last]}) / $(median ${costs[$q,0]})" 2)
    echo " $ratio | ${failed[$q]} | $(holds "$ratio" '<=' 1.3) |"
  done
}

searches() {
  local titles=('REST, words' 'REST, words with typing errors' 'page, words' 'page, words with typing errors' 'list of ideas, words')
  local paths=(/api/v1/search /api/v1/search /search /search /ideas) files=(words.txt misspelt.txt words.txt misspelt.txt words.txt)
  local round c documents
  documents=$(grep -ho 'Indexed [0-9]* of kind [a-z]*' "$work/community-${all[last]}/log/"notreville*.log |
    awk '{ n[$5] = $2 } END { for (kind in n) all += n[kind]; print all }')
  say "community: warming up the search"
  for q in "${!paths[@]}"; do ask_town $((warm / 4 > 0 ? warm / 4 : 1)) "$last" 8 "${paths[q]}" "${files[q]}"; done
  local -A costs=() p50s=() p99s=() speeds=() failed=()
  for round in $(seq "$n"); do
    say "community, search, round $round of $n"
    for q in "${!paths[@]}"; do
      for c in 1 8; do
        ask_town "$seconds" "$last" $c "${paths[q]}" "${files[q]}"
        costs[$q,$c]+=" $cost" p50s[$q,$c]+=" $p50" p99s[$q,$c]+=" $p99" speeds[$q,$c]+=" $rate"
        failed[$q]=$((${failed[$q]:-0} + failures))
      done
    done
  done
  cat << EOF

## community: search in $documents documents, 500 searches of one to three words in turn; wrk for $seconds s, median of $n

| | processor ms of the server | p50 ms, 1 connection | p99 ms | p50 ms, 8 connections | p99 ms | requests/s | failed | target: p99 < 50 ms |
|---|---|---|---|---|---|---|---|---|
EOF
  for q in "${!paths[@]}"; do
    echo "| ${titles[q]} | $(median ${costs[$q,8]}) | $(median ${p50s[$q,1]}) | $(median ${p99s[$q,1]}) | $(median ${p50s[$q,8]}) | $(median ${p99s[$q,8]}) | $(median ${speeds[$q,8]}) | ${failed[$q]} | 1: $(holds "$(median ${p99s[$q,1]})" '<' 50), 8: $(holds "$(median ${p99s[$q,8]})" '<' 50) |"
  done
}

lag() {
  local result
  say "community: how soon a new idea is found"
  result=$(tool Lag "http://127.0.0.1:${ports[last]}" 20 | sed -n 's/^RESULT //p')
  echo
  echo "A new idea is found ${result% *} ms after it was answered for, in the middle of 20, and ${result#* } ms at most; target ≤ 2,000 ms: $(holds "${result#* }" '<=' 2000)."
}

sign_in() {
  local data=$work/community-${all[0]} round costs=() rates=() p50s=() p99s=() bare=() bare_costs=() failed=0 before server
  launch "$ours" "$data" "$port"
  server=$pid
  wait_for "$server" "$port" /ideas
  say "community: warming up the sign-in"
  warm $((warm / 2)) 8 signin.lua "http://127.0.0.1:$port/" "${all[0]}"
  for round in $(seq "$n"); do
    say "community, sign-in, round $round of $n"
    bare_hashes
    before=$(ticks "$server")
    load "$seconds" 8 signin.lua "http://127.0.0.1:$port/" "${all[0]}"
    costs+=("$(calc "($(ticks "$server") - $before) / $requests" 2)")
    rates+=("$(calc "$requests / $seconds" 1)") p50s+=("$p50") p99s+=("$p99") failed=$((failed + failures))
  done
  bare_hashes
  stop "$server"
  local hashes rate used
  used=$(median "${bare_costs[@]}")
  hashes=$(median "${bare[@]}") rate=$(median "${rates[@]}")
  cat << EOF

## community: POST /api/v1/sessions, wrk -t1 -c8 for $seconds s, against Argon2id alone with the same parameters, two threads, $(java_options), in turn; median of $n (range)

| sign-ins/s | hashes/s | ratio | p50 ms | p99 ms | processor ms for a sign-in | for a hash | failed | target |
|---|---|---|---|---|---|---|---|---|
| $rate ($(spread "${rates[@]}")) | $hashes ($(spread "${bare[@]}")) | $(calc "$rate / $hashes" 2) | $(median "${p50s[@]}") | $(median "${p99s[@]}") | $(median "${costs[@]}") | $used | $failed | ratio ≥ 0.9 $(holds "$rate / $hashes" '>=' 0.9) |
EOF
}

# bare_hashes : adds to bare and bare_costs
bare_hashes() {
  local result
  result=$(tool_options=$(java_options) \
    tool Argon 2 $((warm / 12 > 2 ? warm / 12 : 2)) "$seconds" | sed -n 's/^RESULT //p')
  bare+=("${result% *}") bare_costs+=("${result#* }")
}
