#pragma once

// Debian's libxml2 is built with ICU and its headers then pull in ICU's, which differ from the ones
// inside Foundation; a module that sees both does not compile. Nothing here uses ICU's types.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
