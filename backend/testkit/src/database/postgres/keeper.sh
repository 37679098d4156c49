# $1: the cluster's folder; $2: the process id of its server.
# Closing must not cross with joining (cluster.rs): we announce it and then look for users again;
# whoever joins notes their id and then looks for the announcement. One of both sees the other.
folder=$1
postgres=$2
trap '' HUP INT
trap 'idle=100' TERM

in_use() {
    for user in "$folder"/users/*; do
        [ -e "$user" ] || continue
        kill -0 "${user##*/}" 2>/dev/null && return 0
        rm -f "$user"
    done
    return 1
}

idle=0
while [ -d "$folder" ]; do
    if in_use; then
        idle=0
    else
        idle=$((idle + 1))
    fi
    if [ "$idle" -gt 5 ]; then
        mkdir "$folder/closing" 2>/dev/null
        in_use || break
        rmdir "$folder/closing"
        idle=0
    fi
    sleep 1
done

# Fast shutdown, then harder; PostgreSQL removes the file when it has ended.
for signal in INT QUIT KILL; do
    [ -e "$folder/server/data/postmaster.pid" ] || break
    kill -"$signal" "$postgres" 2>/dev/null || break
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ -e "$folder/server/data/postmaster.pid" ] || break
        sleep 1
    done
done

# Renamed first, so that nobody finds half a folder.
mv "$folder" "$folder.$$" && rm -rf "$folder.$$"
