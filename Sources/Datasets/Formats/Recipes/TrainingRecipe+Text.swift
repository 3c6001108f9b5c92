extension TrainingRecipe {
  /// A text as YAML and Python both read it: a JSON string is one in each.
  private func quoted(_ text: String) -> String { JSONText.of(.string(text)) }

  /// A number that YAML reads as one: its exponent needs a point before it.
  private func number(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return "\(Int(value))" }
    let text = "\(value)"
    guard let exponent = text.firstIndex(of: "e"), !text.contains(".") else { return text }
    return "\(text[..<exponent]).0\(text[exponent...])"
  }

  /// The settings for axolotl; paths are relative to the folder in which it is started.
  func axolotl(hasValidation: Bool) -> String {
    func data(_ file: String) -> String {
      """
        - path: \(file)
          ds_type: json
          split: train
          type: chat_template
          field_messages: messages
          message_property_mappings:
            role: role
            content: content
          message_field_training: train
          roles_to_train: []
          train_on_eos: turn
      """
    }
    var text = """
      # Start in this folder: axolotl train axolotl.yaml
      base_model: \(quoted(baseModel))

      datasets:
      \(data("train.jsonl"))

      """
    if hasValidation {
      text += """
        test_datasets:
        \(data("validation.jsonl"))
        evals_per_epoch: 1

        """
    } else {
      text += "val_set_size: 0\n"
    }
    text += """

      adapter: lora
      lora_r: \(rank)
      lora_alpha: \(number(alpha))
      lora_dropout: \(number(dropout))
      lora_target_modules:
      \(targets.map { "  - \(quoted($0))" }.joined(separator: "\n"))

      sequence_len: \(maximumTokens)
      sample_packing: false
      train_on_inputs: false
      micro_batch_size: \(batchSize)
      gradient_accumulation_steps: \(accumulation)
      num_epochs: \(number(epochs))
      optimizer: adamw_torch
      lr_scheduler: cosine
      learning_rate: \(number(learningRate))
      warmup_ratio: \(number(warmupShare))
      weight_decay: \(number(weightDecay))
      max_grad_norm: 1.0
      bf16: auto
      gradient_checkpointing: true
      seed: \(seed)
      logging_steps: 1
      saves_per_epoch: 1
      output_dir: ./adapter

      """
    return text
  }

  /// The script for TRL.
  func trl(hasValidation: Bool) -> String {
    let files =
      hasValidation
      ? "{\"train\": \"train.jsonl\", \"validation\": \"validation.jsonl\"}"
      : "{\"train\": \"train.jsonl\"}"
    return """
      # Trains a LoRA adapter with TRL: pip install trl peft datasets, then python train.py
      from pathlib import Path

      from datasets import load_dataset
      from peft import LoraConfig
      from trl import SFTConfig, SFTTrainer

      HERE = Path(__file__).resolve().parent
      FILES = \(files)

      # Each item has a prompt and a completion, both messages: only the completion is learnt.
      data = load_dataset("json", data_files={name: str(HERE / file) for name, file in FILES.items()})

      trainer = SFTTrainer(
          model=\(quoted(baseModel)),
          train_dataset=data["train"],
          eval_dataset=data.get("validation"),
          peft_config=LoraConfig(
              task_type="CAUSAL_LM",
              r=\(rank),
              lora_alpha=\(number(alpha)),
              lora_dropout=\(number(dropout)),
              target_modules=[\(targets.map(quoted).joined(separator: ", "))],
          ),
          args=SFTConfig(
              output_dir=str(HERE / "adapter"),
              completion_only_loss=True,
              max_length=\(maximumTokens),
              per_device_train_batch_size=\(batchSize),
              gradient_accumulation_steps=\(accumulation),
              num_train_epochs=\(number(epochs)),
              learning_rate=\(number(learningRate)),
              lr_scheduler_type="cosine",
              warmup_ratio=\(number(warmupShare)),
              weight_decay=\(number(weightDecay)),
              max_grad_norm=1.0,
              optim="adamw_torch",
              eval_strategy="\(hasValidation ? "epoch" : "no")",
              save_strategy="epoch",
              logging_steps=1,
              seed=\(seed),
          ),
      )
      trainer.train()
      trainer.save_model(str(HERE / "adapter"))

      """
  }
}
