package dev.assay.report;

import java.io.IOException;

/** Where a report's runs and pictures come from. May read the disk, so not used on the window's thread. */
public interface ReportSource {

    /** The run of a key; one that is gone has a {@link ReportRun#problem}. */
    ReportRun run(String key);

    /**
     * A picture of the report.
     *
     * @return a PNG file's bytes
     * @throws IOException when it is not there
     */
    byte[] picture(String file) throws IOException;
}
