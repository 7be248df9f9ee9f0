/** Actions declared once; menu, toolbar, command palette and the list of shortcuts come from them. */
package dev.assay.ui.shell.actions;
