/// The names of weights in GGUF files.
package enum GGUFNames {
  /// What llama.cpp calls a weight that transformers names so; `nil` for one that it has not.
  package static func tensor(_ name: String, _ configuration: DecoderConfiguration) -> String? {
    switch name {
    case "model.embed_tokens.weight": return "token_embd.weight"
    case "model.norm.weight": return "output_norm.weight"
    case "lm_head.weight": return "output.weight"
    default: break
    }
    let parts = name.split(separator: ".")
    guard parts.count >= 5, parts[0] == "model", parts[1] == "layers", let kind = parts.last,
      let inner = layer(parts[3..<parts.count - 1].joined(separator: "."), configuration)
    else { return nil }
    return "blk.\(parts[2]).\(inner).\(kind)"
  }

  private static func layer(_ name: String, _ configuration: DecoderConfiguration) -> String? {
    switch name {
    case "input_layernorm": "attn_norm"
    case "self_attn.q_proj": "attn_q"
    case "self_attn.k_proj": "attn_k"
    case "self_attn.v_proj": "attn_v"
    case "self_attn.qkv_proj": "attn_qkv"
    case "self_attn.o_proj": "attn_output"
    case "self_attn.q_norm": "attn_q_norm"
    case "self_attn.k_norm": "attn_k_norm"
    case "mlp.gate_proj": "ffn_gate"
    case "mlp.up_proj", "mlp.gate_up_proj": "ffn_up"
    case "mlp.down_proj": "ffn_down"
    case "post_attention_layernorm":
      configuration.hasPostNorms ? "post_attention_norm" : "ffn_norm"
    case "pre_feedforward_layernorm": "ffn_norm"
    case "post_feedforward_layernorm": "post_ffw_norm"
    default: nil
    }
  }
}
