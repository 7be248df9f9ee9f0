package dev.assay.compute.opencl;

import static org.lwjgl.opencl.CL10.*;

import dev.assay.compute.Device;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lwjgl.PointerBuffer;
import org.lwjgl.opencl.CL;
import org.lwjgl.system.Configuration;
import org.lwjgl.system.MemoryStack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for OpenCL and what is behind it. Never throws: a machine without OpenCL has no such devices. */
final class OpenClLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(OpenClLibrary.class);

    /** Where the loader answers this, no platform is installed (extension cl_khr_icd). */
    private static final int PLATFORM_NOT_FOUND = -1001;

    /** What NVIDIA's extension cl_nv_device_attribute_query calls CL_DEVICE_COMPUTE_CAPABILITY_MAJOR_NV. */
    private static final int COMPUTE_CAPABILITY_MAJOR = 0x4000;

    private OpenClLibrary() {}

    /** All devices of all platforms, those that cannot be used with their problem. */
    static List<ClDevice> devices() {
        return SignalHandlers.kept(() -> load() ? found() : List.of());
    }

    private static List<ClDevice> found() {
        List<ClDevice> found = new ArrayList<>();
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer count = stack.mallocInt(1);
            int code = clGetPlatformIDs(null, count);
            if (code == PLATFORM_NOT_FOUND) {
                return List.of();
            }
            ClFailure.check("clGetPlatformIDs", code);
            PointerBuffer platforms = stack.mallocPointer(count.get(0));
            ClFailure.check("clGetPlatformIDs", clGetPlatformIDs(platforms, (IntBuffer) null));
            for (int p = 0; p < platforms.capacity(); p++) {
                ofPlatform(platforms.get(p), found);
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("OpenCL's devices cannot be listed", e);
        }
        return List.copyOf(found);
    }

    private static boolean load() {
        // Only the runtime's loader is there on most machines; the name without a version belongs to the compiler's files.
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        if (linux && Configuration.OPENCL_LIBRARY_NAME.get() == null) {
            Configuration.OPENCL_LIBRARY_NAME.set("libOpenCL.so.1");
        }
        Configuration.DEBUG_STREAM.set(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            return CL.getFunctionProvider() != null;
        } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
            LOG.info("there is no OpenCL on this machine: {}", e.getMessage());
            return false;
        }
    }

    private static void ofPlatform(long platform, List<ClDevice> found) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer count = stack.mallocInt(1);
            if (clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, null, count) != CL_SUCCESS) {
                return;
            }
            PointerBuffer devices = stack.mallocPointer(count.get(0));
            ClFailure.check(
                    "clGetDeviceIDs", clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, devices, (IntBuffer) null));
            for (int d = 0; d < devices.capacity(); d++) {
                found.add(describe(platform, devices.get(d), found));
            }
        }
    }

    private static ClDevice describe(long platform, long device, List<ClDevice> before) {
        Device.Kind kind = (number(device, CL_DEVICE_TYPE) & CL_DEVICE_TYPE_GPU) != 0
                ? Device.Kind.GPU
                : Device.Kind.OPENCL;
        long same = before.stream().filter(d -> d.device().kind() == kind).count();
        String name = text(device, CL_DEVICE_NAME).strip();
        if (kind == Device.Kind.OPENCL) {
            name += " through OpenCL";
        }
        Device.Facts facts = new Device.Facts(
                text(device, CL_DEVICE_VENDOR).strip(),
                number(device, CL_DEVICE_GLOBAL_MEM_SIZE),
                text(device, CL_DRIVER_VERSION).strip(),
                text(device, CL_DEVICE_VERSION).strip(),
                (int) number(device, CL_DEVICE_MAX_COMPUTE_UNITS),
                problem(device));
        String extensions = text(device, CL_DEVICE_EXTENSIONS);
        String id = (kind == Device.Kind.GPU ? "gpu:" : "opencl:") + same;
        return new ClDevice(
                platform,
                device,
                number(device, CL_DEVICE_MAX_MEM_ALLOC_SIZE),
                number(device, CL_DEVICE_LOCAL_MEM_SIZE),
                number(device, CL_DEVICE_MAX_WORK_GROUP_SIZE),
                extensions.contains("cl_khr_fp64"),
                extensions.contains("cl_nv_device_attribute_query")
                        ? (int) number(device, COMPUTE_CAPABILITY_MAJOR)
                        : 0,
                new Device(id, name, kind, facts));
    }

    private static String problem(long device) {
        if (number(device, CL_DEVICE_AVAILABLE) == 0) {
            return "its driver says that it is not available now";
        }
        if (number(device, CL_DEVICE_COMPILER_AVAILABLE) == 0) {
            return "its driver has no compiler for kernels";
        }
        if (number(device, CL_DEVICE_ENDIAN_LITTLE) == 0 || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            return "it keeps numbers in another byte order";
        }
        if (number(device, CL_DEVICE_MAX_WORK_GROUP_SIZE) < ClStream.GROUP) {
            return "its work groups hold fewer than " + ClStream.GROUP + " items";
        }
        return "";
    }

    private static String text(long device, int what) {
        PointerBuffer size = PointerBuffer.allocateDirect(1);
        ClFailure.check("clGetDeviceInfo", clGetDeviceInfo(device, what, (ByteBuffer) null, size));
        ByteBuffer bytes = ByteBuffer.allocateDirect((int) size.get(0));
        ClFailure.check("clGetDeviceInfo", clGetDeviceInfo(device, what, bytes, null));
        return string(bytes);
    }

    private static String string(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        String text = new String(copy, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** A number of 4 or 8 bytes. */
    private static long number(long device, int what) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
        ClFailure.check("clGetDeviceInfo", clGetDeviceInfo(device, what, bytes, null));
        return bytes.getLong(0);
    }
}
