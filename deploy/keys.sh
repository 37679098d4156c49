#!/bin/sh
# Makes the secrets of a trial installation once: the key for personal data, and each town's
# registration at the stand-in identity provider. A real town brings its own.
set -eu

cd /keys
umask 077

if [ ! -e data.key ]; then
    printf 'trial:%s\n' "$(head -c 32 /dev/urandom | base64)" >data.key
fi

register() {
    # The registration is written last.
    [ -e "$1.json" ] || standin register \
        --client-id "$2" --town "$1" --name "$3 施設予約" \
        --redirect-uri "http://$1.localhost:8080/auth/callback" \
        --key "$1.pem" --registration "$1.json"
    [ -e "$1-staff.json" ] || standin register --realm staff \
        --client-id "$4" --town "$1" --name "$3 施設予約" \
        --redirect-uri "http://$1.localhost:8080/staff/callback" \
        --key "$1-staff.pem" --registration "$1-staff.json"
}
register seika SEIKA00001 精華町 SEIKASTAFF
register kawagoe KAWAGOE001 川越町 KAWAGOESTAFF
