package dev.assay.workspace;

import java.time.Instant;

/**
 * A report of a workspace.
 *
 * @param id identifier, usable as a folder name
 * @param title its title
 * @param changed when it was last saved
 * @param body the document as text, in the form of whoever saved it
 */
public record StoredReport(String id, String title, Instant changed, String body) {}
