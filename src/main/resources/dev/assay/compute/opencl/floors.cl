// What a device can do at best: multiply-adds in registers that wait for nobody.

#define CHAINS 16

__kernel void multiply_adds(__global float *out, int rounds)
{
  float x[CHAINS];
  float a = 1.0f + get_local_id(0) * 1e-7f;
  for (int i = 0; i < CHAINS; i++) x[i] = i;
  for (int r = 0; r < rounds; r++)
    for (int i = 0; i < CHAINS; i++) x[i] = fma(x[i], a, 0.5f);
  float sum = 0;
  for (int i = 0; i < CHAINS; i++) sum += x[i];
  out[get_global_id(0)] = sum;
}

#ifdef DOUBLES
#pragma OPENCL EXTENSION cl_khr_fp64 : enable

__kernel void double_multiply_adds(__global double *out, int rounds)
{
  double x[CHAINS];
  double a = 1.0 + get_local_id(0) * 1e-7;
  for (int i = 0; i < CHAINS; i++) x[i] = i;
  for (int r = 0; r < rounds; r++)
    for (int i = 0; i < CHAINS; i++) x[i] = fma(x[i], a, 0.5);
  double sum = 0;
  for (int i = 0; i < CHAINS; i++) sum += x[i];
  out[get_global_id(0)] = sum;
}
#endif

__kernel void copy(__global const float4 *from, __global float4 *to, int count)
{
  int i = get_global_id(0);
  if (i < count) to[i] = from[i];
}
