package dev.assay.run;

import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Result;
import dev.assay.compute.Kernels;
import java.nio.file.Path;
import java.util.List;

/** What a run gives to its analysis. */
final class RunSession implements RunContext {

    private final Run run;
    private final Kernels kernels;

    RunSession(Run run, Kernels kernels) {
        this.run = run;
        this.kernels = kernels;
    }

    @Override
    public Progress phase(String name, long total, String unit) {
        return run.meter().start(name, total, unit);
    }

    @Override
    public void checkCancelled() {
        run.checkCancelled();
    }

    @Override
    public long seed() {
        return run.request().seed();
    }

    @Override
    public int threads() {
        return run.request().threads();
    }

    @Override
    public <K> K kernel(Class<K> type) {
        return kernels.get(type);
    }

    @Override
    public boolean graphics() {
        String device = run.request().device();
        return device.equals("auto") || device.equals("all") || device.contains("gpu");
    }

    @Override
    public void log(String message) {
        run.runLog().add(false, message);
    }

    @Override
    public void warn(String message) {
        run.runLog().add(true, message);
    }

    @Override
    public Path artifacts() {
        return run.folder();
    }

    @Override
    public void arrange(List<String> ids) {
        run.board().arrange(ids);
    }

    @Override
    public void emit(Result result) {
        run.board().emit(result);
    }

    @Override
    public Rows table(String id, String title, List<Column> columns) {
        return run.board().table(id, title, columns);
    }

    @Override
    public Points curve(String id, String title, Axis x, Axis y) {
        return run.board().curve(id, title, x, y);
    }
}
