"""What happens inside while a GPT trains: when heads form, and what its layers say."""
