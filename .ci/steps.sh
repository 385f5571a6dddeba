# Sourced by the scripts beside it: runs steps, and counts what passed and failed.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2

passed=0
failed=0
# What failing steps printed last, which is shown again at the end: whoever keeps only a part of the output keeps that.
failures=$(mktemp)
trap 'rm -f "$failures"' EXIT
TAIL_LINES=60

# Runs one step.
step() {
  local title=$1 log status began=$SECONDS
  shift
  log=$(mktemp)
  printf '\n== %s\n' "$title"
  "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  count "$title" "$log" "$status" "$((SECONDS - began))"
}

# Runs steps side by side that leave a processor idle by themselves and measure no time; each is a command, which is its
# title too. What one has printed is shown when it and those before it have ended.
together() {
  local began=$SECONDS index status logs=() processes=() commands=("$@")
  trap 'end_together "${processes[@]}"; rm -f "${logs[@]}" "${logs[@]/%/.seconds}"; exit 130' INT TERM
  # A process group for each, so that everything it has started can be ended with it.
  set -m
  for index in "${!commands[@]}"; do
    logs[index]=$(mktemp)
    # The words of the command are its arguments.
    { ${commands[index]}; status=$?; echo "$((SECONDS - began))" >"${logs[index]}.seconds"; exit "$status"; } >"${logs[index]}" 2>&1 &
    processes[index]=$!
  done
  set +m
  for index in "${!commands[@]}"; do
    wait "${processes[index]}"
    status=$?
    printf '\n== %s\n' "${commands[index]}"
    cat "${logs[index]}"
    count "${commands[index]}" "${logs[index]}" "$status" "$(cat "${logs[index]}.seconds")"
    rm -f "${logs[index]}.seconds"
  done
  trap - INT TERM
}

# Ends process groups, and waits for their first processes.
end_together() {
  local process
  for process; do kill -TERM -- "-$process" 2>/dev/null; done
  wait "$@" 2>/dev/null
}

# Counts what a step says of itself: one whose last line is `N passed, N failed` adds these, any other counts as one.
count() {
  local title=$1 log=$2 status=$3 seconds=$4 line failed_before=$failed
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
  if [ -n "$line" ]; then
    passed=$((passed + $(echo "$line" | cut -d' ' -f1)))
    failed=$((failed + $(echo "$line" | cut -d' ' -f3)))
    if [ "$status" -ne 0 ] && [ "$(echo "$line" | cut -d' ' -f3)" -eq 0 ]; then failed=$((failed + 1)); fi
  elif [ "$status" -eq 0 ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
  fi
  printf '== %s took %s s\n' "$title" "$seconds"
  if [ "$failed" -gt "$failed_before" ]; then
    { printf '\n== %s failed with exit status %s, and printed last\n' "$title" "$status"; tail -n "$TAIL_LINES" "$log" | sed 's/^/  | /'; } >>"$failures"
  fi
  rm -f "$log"
}

# What failed, the closing line, and the exit status.
finish() {
  cat "$failures"
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}
