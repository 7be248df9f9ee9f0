package dev.assay.run.json;

import dev.assay.analysis.result.Table;
import dev.assay.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that holds a run: {@code result.json} and a CSV file per table, beside the run's artifacts. */
public final class ResultFolder {

    /** The file's name. */
    public static final String RESULT = "result.json";

    private final ResultJson json = new ResultJson();

    /**
     * Writes a run into its folder, which is made if need be. All files or none: when the disk fills up, what was there
     * stays as it was.
     *
     * @throws IOException when it cannot be written
     */
    public void write(RunRecord run, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (StagedFiles files = new StagedFiles(folder)) {
            for (var result : run.results()) {
                if (result instanceof Table table) {
                    files.add(TableFiles.stem(table.id()) + ".csv", out -> TableFiles.write(table, out));
                }
            }
            files.add(RESULT, out -> json.write(run, out, true));
            files.commit();
        }
    }
}
