package dev.assay.run;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Formats that people often have and that are not read, with the way to one that is. */
final class OtherFormats {

    private record Format(List<String> endings, String what, String mend) {}

    private static final List<Format> KNOWN = List.of(
            new Format(
                    List.of("h5", "hdf5", "keras"),
                    "this is an HDF5 or Keras file, which is not read",
                    "export a model as ONNX with tf2onnx, save data with numpy.savez"),
            new Format(
                    List.of("pb", "tflite", "ckpt"),
                    "this is a TensorFlow model, which is not read",
                    "convert it to ONNX with tf2onnx"),
            new Format(
                    List.of("pkl", "pickle", "joblib"),
                    "this is a Python pickle, which could run any code and is never unpickled",
                    "export a model as ONNX (scikit-learn's with skl2onnx), save data with numpy.savez"),
            new Format(
                    List.of("safetensors", "gguf", "caffemodel"),
                    "this file holds weights without the network that they belong to",
                    "export the model as ONNX"),
            new Format(
                    List.of("parquet", "feather", "arrow", "xlsx", "xls", "ods", "mat", "rds"),
                    "this is a table or array in a format that is not read",
                    "save it as CSV or with numpy.savez"));

    private OtherFormats() {}

    /** What to say of a file that no kind recognises; empty when its ending tells nothing. */
    static Optional<InputException> problem(Location location) {
        String name = location.fileName().toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return KNOWN.stream()
                .filter(f -> f.endings().contains(ending))
                .findFirst()
                .map(f -> new InputException(f.what(), location.path().toString(), f.mend()));
    }
}
