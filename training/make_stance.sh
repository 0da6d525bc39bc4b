#!/usr/bin/env bash
# Makes the stance model anew, from the data files of NewsMTSC and directed sentiment: README.md tells the steps.
#
#     bash training/make_stance.sh DATA_FOLDER WORK_FOLDER          # all of it: some seventy minutes of two idle cores
#     bash training/make_stance.sh DATA_FOLDER WORK_FOLDER --try    # a few rows of everything: does it run?
#
# What lies in the work folder already is not made again, so a run that was cut off goes on.
set -euo pipefail

data=$(realpath "$1") work=$2 here=$(dirname "$(realpath "$0")")
few=() part=()
mkdir -p "$work"
cd "$work"
if [ "${3:-}" = --try ]; then
    few=(--max-steps 2 --epochs 1 --threads 1) part=(--share 0.05)
    mkdir -p few
    for file in "$data"/{newsmtsc,dse}_*.jsonl; do head -n 40 "$file" > "few/$(basename "$file")"; done
    data=$PWD/few
fi
news="$data/newsmtsc_train.jsonl" directed="$data/dse_train.jsonl"
dev=(--dev "$data/newsmtsc_rw_dev.jsonl" --dev "$data/newsmtsc_mt_dev.jsonl")

train() { # NAME ARGUMENT... : a run of train_stance.py, unless its record is there
    [ -f "$1.json" ] || python "$here/train_stance.py" "${@:2}" "${dev[@]}" "${few[@]}" --out "$1" --record "$1.json"
}

python "$here/invent.py" --table first --rows 3000 --out invented.jsonl
python "$here/invent.py" --table second --rows 6000 --out invented2.jsonl
python "$here/invent.py" --table second --rows 2500 --seed 2 --holders --out inv2h.jsonl
python "$here/invent.py" --table third --rows 5000 --out inv3.jsonl

if [ ! -f blend.json ]; then
    train plain --train "$news"
    train mixed --train "$news" --train invented.jsonl --directed "$directed"
    train second --train "$news" --train invented2.jsonl --directed "$directed" \
        --base mixed --base-record mixed.json --rate 3e-5 --epochs 1
    python "$here/blend_stance.py" --part plain.json plain 0.2 --part second.json second 0.8 "${dev[@]}" \
        --out blend --record blend.json
fi
python "$here/tune_stance.py" --base blend --base-record blend.json --train "$news" --train inv3.jsonl \
    --train inv2h.jsonl --directed "$directed" "${dev[@]}" --dev "$data/dse_dev.jsonl" \
    --frozen 3 --rate 8e-5 --seeds 1 2 --mix blend 0.2 "${part[@]}" --checkpoints seeds \
    --out stance --record stance_record.json
