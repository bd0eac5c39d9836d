"""Programs of others read our contracts and ask our services; none of them is ours."""
