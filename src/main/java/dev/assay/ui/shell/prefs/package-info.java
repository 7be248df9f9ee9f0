/** What the window remembers: theme, sizes, recent files. */
package dev.assay.ui.shell.prefs;
