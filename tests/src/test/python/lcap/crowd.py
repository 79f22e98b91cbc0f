# SPDX-License-Identifier: Apache-2.0
"""Many short-lived readers: crowd.py NUMBER, then what reader.py takes. Each is a process of its own.

Each comes at some moment of a second and reads one to three batches. Then a third of them say FINI, a third vanish without a word, and a third are killed with
their last batch in hand. Exit status: 0 if all did as they should, else that of one that did not.
"""

import copy
import os
import random
import sys
import time

import reader


def one(options):
    mine = copy.copy(options)
    batches = random.randint(1, 3)
    end = random.choice(["fini", "vanish", "die"])
    if end == "die":
        mine.die_with = batches
    else:
        mine.batches = batches
        mine.vanish = end == "vanish"
    time.sleep(random.random())
    return reader.main(mine)


def main():
    number = int(sys.argv.pop(1))
    options = reader.arguments()
    for _ in range(number):
        if os.fork() == 0:
            os._exit(one(options))
    ends = [os.wait()[1] for _ in range(number)]
    wrong = [status >> 8 for status in ends if status >> 8]
    return wrong[0] if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
