// Ends in good order before it listens.

import Engine
import Foundation

exit(0)
