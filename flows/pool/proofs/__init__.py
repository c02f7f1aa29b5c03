"""What only its owner knows: the password, or a device's, kept as an SRP verifier and proved without being told."""
