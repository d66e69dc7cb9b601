/// The console: pages for people on the admin port, rendered here, needing nothing from elsewhere.
///
/// A page is a class that implements `ConsolePages`, a template in `src/main/jte` with the page's
/// model as its parameter, and a line in the wiring. Templates become classes of the package
/// `pages` when the program is built, so what they show is public.
@NullMarked
package dev.hooklake.server.console;

import org.jspecify.annotations.NullMarked;
