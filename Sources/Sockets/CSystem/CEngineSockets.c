// A module of C has to have a source: all that the core needs is in include/CEngineSockets.h.
#include "CEngineSockets.h"
