// What a device can do at best: multiply-adds in registers that wait for nobody.

__kernel void multiply_adds(__global float *out, int rounds)
{
  float8 a = 1.0f + get_local_id(0) * 1e-7f, b = 0.5f;
  float8 x0 = 0, x1 = 1, x2 = 2, x3 = 3, x4 = 4, x5 = 5, x6 = 6, x7 = 7;
  for (int r = 0; r < rounds; r++) {
    x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
    x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
  }
  float8 sum = x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7;
  out[get_global_id(0)] = sum.s0 + sum.s1 + sum.s2 + sum.s3 + sum.s4 + sum.s5 + sum.s6 + sum.s7;
}

#ifdef DOUBLES
#pragma OPENCL EXTENSION cl_khr_fp64 : enable

__kernel void double_multiply_adds(__global double *out, int rounds)
{
  double8 a = 1.0 + get_local_id(0) * 1e-7, b = 0.5;
  double8 x0 = 0, x1 = 1, x2 = 2, x3 = 3, x4 = 4, x5 = 5, x6 = 6, x7 = 7;
  for (int r = 0; r < rounds; r++) {
    x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
    x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
  }
  double8 sum = x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7;
  out[get_global_id(0)] = sum.s0 + sum.s1 + sum.s2 + sum.s3 + sum.s4 + sum.s5 + sum.s6 + sum.s7;
}
#endif

__kernel void copy(__global const float4 *from, __global float4 *to, int count)
{
  int i = get_global_id(0);
  if (i < count) to[i] = from[i];
}
