"""Many documents, piece by piece: read, extracted in shards that are kept as they are done, and put together.

What is in memory at any time is a few shards, whatever the size of the corpus. A shard that is done is never done
again: the same command goes on where another was stopped, and gives the bytes that an undisturbed one gives.
"""
