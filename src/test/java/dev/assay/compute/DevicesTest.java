package dev.assay.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DevicesTest {

    private static final Device CPU = new Device("cpu", "a processor", Device.Kind.CPU);
    private static final Device GPU = new Device("gpu:0", "a card", Device.Kind.GPU);

    @Test
    void listsTheProcessorOfThisMachineByName() {
        assertThat(Devices.detect().all()).anySatisfy(d -> {
            assertThat(d.id()).isEqualTo("cpu");
            assertThat(d.name()).contains(Runtime.getRuntime().availableProcessors() + " thread");
        });
    }

    @Test
    void saysLoudlyThatTheProcessorStandsInForAMissingGpu() {
        Devices.Choice choice = with(CPU).choose("gpu");

        assertThat(choice.device()).isEqualTo(CPU);
        assertThat(choice.notice()).contains("'gpu'").contains("a processor").contains("instead");
    }

    @Test
    void takesTheGpuWhenThereIsOne() {
        assertThat(with(CPU, GPU).choose("gpu")).isEqualTo(new Devices.Choice(GPU, ""));
        assertThat(with(CPU, GPU).choose("auto")).isEqualTo(new Devices.Choice(GPU, ""));
        assertThat(with(CPU, GPU).choose("gpu:0")).isEqualTo(new Devices.Choice(GPU, ""));
    }

    @Test
    void takesTheProcessorWithoutNoticeWhenItWasAskedFor() {
        assertThat(with(CPU, GPU).choose("cpu")).isEqualTo(new Devices.Choice(CPU, ""));
        assertThat(with(CPU).choose("auto")).isEqualTo(new Devices.Choice(CPU, ""));
    }

    @Test
    void neverTakesAProcessorBehindOpenClByItself() {
        Device other = new Device("opencl:0", "a processor again", Device.Kind.OPENCL);
        assertThat(with(CPU, other).choose("auto").device()).isEqualTo(CPU);
        assertThat(with(CPU, other).choose("gpu").device()).isEqualTo(CPU);
        assertThat(with(CPU, other).choose("opencl:0")).isEqualTo(new Devices.Choice(other, ""));
    }

    @Test
    void severalDevicesAreNamedTogether() {
        Device second = new Device("gpu:1", "another card", Device.Kind.GPU);
        Device other = new Device("opencl:0", "a processor again", Device.Kind.OPENCL);
        Devices devices = with(CPU, GPU, second, other);

        assertThat(devices.choose("all").device().id()).isEqualTo("cpu+gpu:0+gpu:1");
        assertThat(devices.choose("gpu:0+gpu:1").device().name()).isEqualTo(GPU.name() + " and another card");
        assertThat(devices.choose("cpu+opencl:0").device().kind()).isEqualTo(Device.Kind.SEVERAL);
        assertThat(with(CPU).choose("all")).isEqualTo(new Devices.Choice(CPU, ""));
        assertThat(devices.choose("cpu+gpu:7").device()).isEqualTo(CPU);
        assertThat(devices.choose("cpu+gpu:7").notice()).contains("'cpu+gpu:7'").contains("instead");
    }

    @Test
    void saysWhyADeviceThatIsThereCannotBeUsed() {
        Device broken = new Device(
                "gpu:0", "a card", Device.Kind.GPU, new Device.Facts("", 0, "", "", 0, "its driver has no compiler"));
        Devices devices = with(CPU, broken);
        assertThat(devices.all()).containsExactly(CPU);
        assertThat(devices.unusable()).containsExactly(broken);
        assertThat(devices.choose("auto").device()).isEqualTo(CPU);
        assertThat(devices.choose("gpu").notice()).contains("a card: its driver has no compiler");
    }

    @Test
    void refusesADeviceThatIsNotListed() {
        assertThatThrownBy(() -> with(CPU).open(GPU, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gpu:0");
    }

    private static Devices with(Device... devices) {
        KernelProvider provider = new KernelProvider() {
            @Override
            public List<Device> devices() {
                return List.of(devices);
            }

            @Override
            public Kernels open(Device device, int threads, Standby standby, CostModel costs) {
                throw new UnsupportedOperationException();
            }
        };
        return Devices.of(List.of(provider));
    }
}
