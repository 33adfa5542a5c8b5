// Never gets as far as listening.

import Engine

while true {}
