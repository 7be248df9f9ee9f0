/** Workspaces: folders that hold runs and reports and survive a crash; and the user's settings. */
package dev.assay.workspace;
