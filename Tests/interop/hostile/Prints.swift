// Prints without end.

import Engine

while true { print(String(repeating: "x", count: 1_000)) }
