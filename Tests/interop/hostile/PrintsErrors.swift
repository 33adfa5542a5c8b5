// Writes to standard error without end, in one line.

import Engine
import Foundation

let noise = Data(repeating: 120, count: 65_536)
while true { FileHandle.standardError.write(noise) }
