// A header-only target: see include/CSystem.h. SwiftPM wants one source file.
#include "CSystem.h"
