#!/bin/sh
# Self-test of the load generator: every mode against rawlimit, then against a
# rawlimit that splits everything (--torture), then against one that misbehaves
# (--fault), where the load generator must notice.  usage: check.sh SIOLOAD RAWLIMIT
sioload=$1
rawlimit=$2
base=${PORT:-17600}
failed=0
server=
trap 'test -n "$server" && kill "$server" 2>/dev/null' EXIT INT TERM

start() {               # start ARGS...: a fresh server on a fresh port
    test -n "$server" && kill "$server" && wait "$server" 2>/dev/null
    base=$((base + 1))
    "$rawlimit" "$base" "$@" &
    server=$!
    sleep 0.3
}

try() {                 # try WANTED_STATUS ARGS...
    want=$1
    shift
    output=$("$sioload" "$@" --port "$base" 2>&1)
    got=$?
    if [ "$got" -eq "$want" ]; then
        echo "ok      $*"
    else
        failed=$((failed + 1))
        echo "FAILED  $* (status $got, wanted $want)"
        echo "$output"
    fi
}

modes() {
    for transport in websocket upgrade polling; do
        t="--transport $transport --time 0.7 --warmup 0.2"
        try 0 echo $t --clients 20
        try 0 echo $t --clients 5 --window 16 --bytes 300
        try 0 echo $t --clients 2 --window 2 --bytes 70000
        try 0 broadcast $t --clients 50 --window 4
        try 0 broadcast $t --clients 20 --senders 5 --window 2 --bytes 2000
        try 0 idle $t --clients 200 --pid "$server"
        try 0 connect --transport $transport --clients 300 --concurrent 20
    done
    try 0 echo --clients 2 --bytes 999000 --time 0.7 --warmup 0.1
    try 0 polling --clients 50 --time 0.7 --warmup 0.2
}

echo "# plain";                 start;                          modes
try 0 echo --clients 2 --window 4 --count 100 --warmup 0 --time 60 --json --cpu-of "$server" --cpu-of $$
echo "# coalescing";            start --coalesce
try 0 broadcast --clients 50 --senders 5 --window 4 --time 0.7
try 0 polling --clients 50 --senders 5 --window 4 --time 0.7
echo "# everything in pieces";  start --torture;                modes
echo "# heartbeat";             start --ping-ms 300
for transport in websocket upgrade polling; do
    try 0 idle --transport $transport --clients 50 --time 2
done
echo "# faults are noticed"
start --fault drop;     try 1 broadcast --clients 20 --time 0.5 --warmup 0 --window 4
start --fault dup;      try 1 broadcast --clients 20 --time 0.5 --warmup 0 --window 4
start --fault corrupt;  try 1 broadcast --clients 20 --time 0.5 --warmup 0 --window 4
try 1 echo --clients 5 --time 0.5 --warmup 0
echo "# refusals"
try 2 echo --host 127.0.0.2
try 2 echo --window 0
try 2 nonsense
base=$((base + 1))
try 1 echo --clients 2 --connect-timeout 2      # nothing listens there

echo "failed: $failed"
[ "$failed" -eq 0 ]
